namespace Tarn.ContinuousQueries.Webhooks;

/// <summary>The receiver has taken it.</summary>
public sealed record WebhookAccepted : WebhookAnswer;
