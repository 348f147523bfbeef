"""How common English words are, for collections too small to tell.

With four agents, a word that two of them use says little about how rare the word is. So the mesh starts
from what is known of English: words in tiers, each with the share of short texts (a request, a description
of a skill) that hold a word of it. A word in no tier is rare.
"""

from __future__ import annotations

RARE = 0.0015
"""The share of short texts that hold a given word of no tier."""

_TIERS: tuple[tuple[float, str], ...] = (
    (
        0.90,
        """
        a an and are as at be been being but by can could did do does for from had has have he her here hers
        him his how i if in into is it its just may me might mine must my no nor not of off on onto or our
        ours out shall she should so than that the their theirs them then there these they this those to too
        up upon us was we were what when where which while who whom whose why will with would you your yours
        yourself myself itself ourselves themselves also about above after again against all am any because
        before below between both down during each few further let more most much many only other others own
        same some such through under until very over per via yes please thank thanks hello hi hey dear ok
        okay """,
    ),
    (
        0.30,
        """
        give tell show help want need like get make find use using used know way good best new one two first
        provide looking look able now time any something anything someone everything thing things lot could
        different various etc based see take put go going come work question answer ask explain
        describe list create need sure right well really even still back every another around
        """,
    ),
    (
        0.05,
        """
        say said try trying think thinking feel keep start started begin end turn run set call called name
        kind type types sort part parts example examples example case point fact idea ideas number numbers day
        days week month year years today tomorrow yesterday people person man woman world place home house
        life hand high low long short big small large little great old young next last past early late few
        lot bit whole full own able possible available important main specific general certain special real
        true false better worse top bottom high detail details detailed information info data text content
        topic subject word words sentence line paragraph page write writing written read reading quick quickly
        easy simple hard difficult correct wrong exact following follow include including included per within
        without across along among both either neither else ever never always often sometimes usually already
        yet soon ago since three four five six seven eight nine ten hundred many several most least less
        suggest suggestion recommend recommendation advice tip tips interested interesting understand learn
        learning improve change changes happen happened think believe become became bring brought buy
        choose decide allow enable offer support supports suit meet require requires required
        generate produce return returns result results output input user users assistant tool tools service
        agent task tasks request query response
        should cannot current currently recent recently latest given various compare comparison difference
        similar related relevant related another total per
        """,
    ),
    (
        0.012,
        """
        water food money job company business school child children family friend friends mother father son
        daughter student students teacher parent country city state government law war history car road street
        room door book books story stories game games movie film music song video image picture photo color
        letter paper computer phone internet web website site online app system program code
        model process problem problems issue issues solution reason cause effect result power level form group
        team member order side area field case plan plans project event date hour minute second morning night
        body head face eye health hair heart sleep love hope enjoy fun play win lose pay cost price free
        market product products customer
        speak talk speech language english sound hear listen watch open close move walk stop stand sit live
        die born build grow hold carry send receive share join leave stay spend save cut break fix wear eat
        drink cook travel trip visit drive fly summer winter weather rain sun fire air earth land tree animal
        dog cat fish bird plant green red blue black white dark light hot cold warm cool fast slow strong
        weak rich poor happy sad nice bad beautiful favorite popular famous common daily local national
        international public private personal social human natural science scientific theory study research
        experience skill skills career role position rule rules term terms value values count average
        percent sum size weight length height distance north south east west side left
        """,
    ),
)

SHARES: dict[str, float] = {word: share for share, tier in reversed(_TIERS) for word in tier.split()}
"""The share of short texts that hold a word."""
