namespace Tarn.Console.Access;

/// <summary>
/// Slows guessing: the answer to a wrong key waits, longer with each failure in a row (250 ms doubling to 5 s), and
/// at most four such answers wait at a time; further attempts are turned away until one is done. A right key never
/// waits. Thread-safe.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    public static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(5);

    private const int WaitingMax = 4;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private DateTimeOffset lastFailure;
    private int failures;
    private int waiting;

    /// <summary>Whether attempts are turned away now.</summary>
    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return waiting >= WaitingMax;
            }
        }
    }

    /// <summary>Counts a failure and completes when it may be answered.</summary>
    public async Task FailAsync(CancellationToken cancellation)
    {
        TimeSpan delay;
        lock (gate)
        {
            var now = time.GetUtcNow();
            failures = now - lastFailure > Memory ? 1 : failures + 1;
            lastFailure = now;
            delay = FirstDelay * Math.Pow(2, Math.Min(failures - 1, 10));
            waiting++;
        }

        try
        {
            await Task.Delay(delay < DelayMax ? delay : DelayMax, time, cancellation);
        }
        finally
        {
            lock (gate)
            {
                waiting--;
            }
        }
    }

    public void Succeed()
    {
        lock (gate)
        {
            failures = 0;
        }
    }
}
