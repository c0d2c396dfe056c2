namespace Tarn.Aws.S3.Cors;

/// <summary>
/// One rule of a bucket's CORS settings:
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
/// </summary>
/// <param name="Id">A label, or null.</param>
/// <param name="AllowedOrigins">Each with at most one <c>*</c>, which stands for any text.</param>
/// <param name="AllowedMethods">Of GET, PUT, POST, DELETE, HEAD.</param>
/// <param name="AllowedHeaders">That a page may send; each with at most one <c>*</c>; compared without case.</param>
/// <param name="ExposeHeaders">That a page may read.</param>
/// <param name="MaxAgeSeconds">How long a browser may remember the answer to a preflight, or null.</param>
internal sealed record CorsRule(
    string? Id,
    IReadOnlyList<string> AllowedOrigins,
    IReadOnlyList<string> AllowedMethods,
    IReadOnlyList<string> AllowedHeaders,
    IReadOnlyList<string> ExposeHeaders,
    int? MaxAgeSeconds);
