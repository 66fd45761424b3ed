"""Corridor: science, technology and innovation cooperation among six Lancang-Mekong countries."""
