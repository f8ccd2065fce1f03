"""Dialogue models: they word questions and read answers into data. What is medically decided, rules decide."""
