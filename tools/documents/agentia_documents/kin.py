"""Words that ask for the same in everyday documents, so that a question need not use the document's own.

Few and plain on purpose: a kin counts less than the word itself, and what is missing here costs one search.
"""

from __future__ import annotations

WEIGHT = 0.6
"""What a kin counts against the word itself."""

_GROUPS = """
holiday holidays vacation vacations leave
cost costs price prices fee fees charge charges
car cars vehicle vehicles
phone phones telephone call
email mail
buy purchase order
begin begins start starts
end ends finish finishes
boss manager supervisor lead
staff employee employees worker workers personnel colleague colleagues
salary salaries pay wage wages
sick ill illness sickness
trip trips travel journey journeys
allowed permitted allow may
maximum most limit up
minimum least
founded established started
headquarters office
deadline due latest
meeting meetings meet meets
broken damaged defective faulty
refund reimbursement reimbursed
lunch meal meals breakfast dinner
parking park
error fault failure problem
child children kids
client clients customer customers
company firm business
remote remotely home
password passwords passphrase credentials
"""

KIN: dict[str, tuple[str, ...]] = {}
for _group in (line.split() for line in _GROUPS.strip().splitlines()):
    for _word in _group:
        KIN[_word] = tuple(dict.fromkeys((*KIN.get(_word, ()), *(each for each in _group if each != _word))))
