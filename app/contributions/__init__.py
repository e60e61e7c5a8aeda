"""The live room: phone, host board, wall, dots."""
