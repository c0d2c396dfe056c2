namespace Tarn.ContinuousQueries.Webhooks;

/// <summary>How a post ended: exactly one of <see cref="WebhookAccepted"/> and <see cref="WebhookRefused"/>.</summary>
public abstract record WebhookAnswer
{
    private protected WebhookAnswer()
    {
    }
}
