namespace Tarn.ContinuousQueries.Webhooks;

/// <summary>Calls out to the webhooks that the server's owner has named. Thread-safe.</summary>
public interface IWebhooks
{
    /// <summary>Their names, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Posts once, signed; does not retry. What goes wrong is an answer; throws only
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<WebhookAnswer> PostAsync(WebhookPost post, CancellationToken cancellation);
}
