namespace Tarn.Webhooks;

/// <summary>A webhook as the server's owner has named it in tarn.yaml.</summary>
internal sealed record Webhook
{
    public required Uri Url { get; init; }

    /// <summary>Signs every post: the key, and the former one while receivers go over.</summary>
    public required IReadOnlyList<WebhookKey> Keys { get; init; }

    /// <summary>How long the receiver may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
}
