"""What a patient's words say about their health, in any language that rules know: present, or denied."""
