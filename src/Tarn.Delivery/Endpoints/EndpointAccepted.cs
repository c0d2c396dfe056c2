namespace Tarn.Delivery.Endpoints;

/// <summary>The endpoint has taken the batch.</summary>
public sealed record EndpointAccepted : EndpointAnswer;
