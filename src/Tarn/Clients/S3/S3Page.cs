namespace Tarn.Clients.S3;

/// <summary>Up to 1,000 entries of a listing.</summary>
/// <param name="Folders">What stands for the keys below it; empty in a recursive listing.</param>
internal sealed record S3Page(IReadOnlyList<S3Object> Objects, IReadOnlyList<string> Folders);
