namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>What a SUBSCRIBE TO asks for.</summary>
/// <param name="Since">What the reader has; null: nothing.</param>
public sealed record SubscribeRequest(string View, ViewPosition? Since);
