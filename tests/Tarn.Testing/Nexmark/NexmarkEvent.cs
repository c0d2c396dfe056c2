namespace Tarn.Testing.Nexmark;

/// <summary>An event of Nexmark's.</summary>
/// <param name="Stream"><c>person</c>, <c>auction</c> or <c>bid</c>.</param>
/// <param name="Key">Partition key: the person's, auction's or bidder's number.</param>
/// <param name="Json">One JSON object.</param>
public sealed record NexmarkEvent(string Stream, byte[] Key, byte[] Json);
