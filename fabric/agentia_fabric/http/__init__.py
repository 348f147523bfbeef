"""HTTP, both sides: what stands around every service, and the clients we call others with."""
