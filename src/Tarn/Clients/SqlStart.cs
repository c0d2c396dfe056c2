namespace Tarn.Clients;

/// <summary>A statement that was accepted.</summary>
/// <param name="Text">The whole answer of a statement that ran at once, or null.</param>
/// <param name="Id">The execution otherwise.</param>
/// <param name="EstimateBytes">What it will read; null when it did not bind.</param>
internal sealed record SqlStart(string? Text, string Id, long? EstimateBytes);
