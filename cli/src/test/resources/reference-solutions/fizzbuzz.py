def fizzbuzz(n):
    def word(i):
        return 'Fizz' * (i % 3 == 0) + 'Buzz' * (i % 5 == 0) or str(i)
    return [word(i) for i in range(1, n + 1)]
