namespace Tarn.ContinuousQueries.Webhooks;

/// <summary>The receiver has not taken it, or it is not known whether it has.</summary>
/// <param name="Reason">What happened, for people; never holds the webhook's path or secret.</param>
/// <param name="MayPass">True when the same post may be taken later.</param>
public sealed record WebhookRefused(string Reason, bool MayPass) : WebhookAnswer
{
    /// <summary>How long the receiver asks to be left alone, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
