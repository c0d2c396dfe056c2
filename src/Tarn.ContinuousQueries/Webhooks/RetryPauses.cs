namespace Tarn.ContinuousQueries.Webhooks;

/// <summary>
/// How long to wait before a post is tried again: a second after the first attempt, twice as long after each that
/// follows, up to five minutes, the second half of each by chance, so that many senders do not come at once; longer
/// where the receiver asks for it, up to an hour. Thread-safe.
/// </summary>
internal sealed class RetryPauses(Random random)
{
    private const int DoublingsMax = 20;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();

    /// <param name="attempts">How many have failed, from 1.</param>
    /// <param name="asked">What the receiver asks for, or null.</param>
    public TimeSpan After(int attempts, TimeSpan? asked)
    {
        var whole = First * Math.Pow(2, Math.Min(attempts - 1, DoublingsMax));
        whole = whole < Longest ? whole : Longest;
        double chance;
        lock (_gate)
        {
            chance = random.NextDouble();
        }

        var pause = (whole / 2) + (whole / 2 * chance);
        var least = asked < LongestAsked ? asked.Value : asked is null ? TimeSpan.Zero : LongestAsked;
        return pause > least ? pause : least;
    }
}
