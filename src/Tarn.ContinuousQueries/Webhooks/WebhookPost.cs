namespace Tarn.ContinuousQueries.Webhooks;

/// <summary>What is posted to a webhook.</summary>
/// <param name="Webhook">The webhook's name.</param>
/// <param name="Id">Of the event, without dots; the same for every attempt, so that a receiver can drop repeats.
/// </param>
/// <param name="Body">JSON.</param>
public sealed record WebhookPost(string Webhook, string Id, ReadOnlyMemory<byte> Body);
