"""What any A2A server needs to join the mesh."""
