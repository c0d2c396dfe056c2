namespace Tarn.Storage.Objects.Multipart;

/// <summary>One page of uploads under way.</summary>
/// <param name="CommonPrefixes">In order.</param>
/// <param name="NextAfter">Pass as <see cref="ObjectListing.After"/> for the next page; null: this was the
/// last.</param>
/// <param name="NextAfterUploadId">Goes with <paramref name="NextAfter"/>; null after a common prefix.</param>
public sealed record UploadPage(
    IReadOnlyList<MultipartUpload> Uploads, IReadOnlyList<string> CommonPrefixes, string? NextAfter,
    string? NextAfterUploadId);
