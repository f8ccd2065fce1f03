"""Measuring recognition, translation and voices: tasks, scores, statistics, reports."""
