"""The gateway's addresses: each agent's, the mesh's own, cards, and what stands under `/mesh`."""
