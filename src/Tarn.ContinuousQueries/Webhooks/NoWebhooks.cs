namespace Tarn.ContinuousQueries.Webhooks;

/// <summary>A server whose owner has named no webhook.</summary>
internal sealed class NoWebhooks : IWebhooks
{
    public IReadOnlyList<string> Names => [];

    public Task<WebhookAnswer> PostAsync(WebhookPost post, CancellationToken cancellation) =>
        Task.FromResult<WebhookAnswer>(new WebhookRefused($"there is no webhook '{post.Webhook}'", MayPass: false));
}
