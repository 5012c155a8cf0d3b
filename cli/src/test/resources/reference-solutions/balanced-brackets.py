def is_balanced(text):
    closing = {')': '(', ']': '[', '}': '{'}
    open_brackets = []
    for c in text:
        if c in closing.values():
            open_brackets.append(c)
        elif c in closing and (not open_brackets or open_brackets.pop() != closing[c]):
            return False
    return not open_brackets
