namespace Tarn.Clients.Tests.Kills;

/// <summary>
/// What was asked of each key, by several senders at once, and what was answered: from that follows what may be found
/// after a kill. Thread-safe.
/// </summary>
internal sealed class ObjectLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Attempt>> _attempts = new(StringComparer.Ordinal);
    private long _now;

    public int AcknowledgedCount { get; private set; }

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_lock)
            {
                return [.. _attempts.Keys];
            }
        }
    }

    public Attempt Begin(string key, string? hash)
    {
        lock (_lock)
        {
            var attempt = new Attempt(key, hash, ++_now);
            Of(key).Add(attempt);
            return attempt;
        }
    }

    public void Acknowledge(Attempt attempt)
    {
        lock (_lock)
        {
            attempt.End = ++_now;
            AcknowledgedCount++;
        }
    }

    public void Refuse(Attempt attempt)
    {
        lock (_lock)
        {
            attempt.IsRefused = true;
        }
    }

    /// <summary>
    /// Whether the key may hold this now: the outcome of an attempt that no acknowledged one followed.
    /// </summary>
    public bool MayHold(string key, string? hash)
    {
        lock (_lock)
        {
            var all = Of(key).Where(attempt => !attempt.IsRefused).ToList();
            return all.Any(attempt => attempt.Hash == hash && !IsFollowed(attempt, all));
        }
    }

    /// <summary>
    /// Whether anybody has ever sent this to the key, answered or not: what a reader under load may get.
    /// </summary>
    public bool WasSent(string key, string hash)
    {
        lock (_lock)
        {
            return Of(key).Any(attempt => attempt.Hash == hash);
        }
    }

    /// <summary>After a start: what is found is what the key holds; all that was in doubt is decided.</summary>
    public void Settle(string key, string? hash)
    {
        lock (_lock)
        {
            _attempts[key] = [new Attempt(key, hash, ++_now) { End = ++_now }];
        }
    }

    private static bool IsFollowed(Attempt attempt, List<Attempt> all) =>
        all.Any(other => other.End != Attempt.Unanswered && other.Start > attempt.End);

    /// <summary>Every key holds nothing at first.</summary>
    private List<Attempt> Of(string key)
    {
        if (!_attempts.TryGetValue(key, out var attempts))
        {
            _attempts[key] = attempts = [new Attempt(key, Hash: null, Start: 0) { End = 0 }];
        }

        return attempts;
    }
}
