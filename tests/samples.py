"""Parts of sample documents that several tests put together."""

# a unit a line follows, with its number, its name and a figure for each year, parted by tabs
GOALS_HEAD = """
PHỤ LỤC II
CHỈ TIÊU GIAO

TT\tTên đơn vị\tTỷ lệ hồ sơ trực tuyến (%)\t
\t\tNăm 2025\tNăm 2026
"""
