namespace Tarn.Aws.S3;

/// <summary>One operation of S3. Called on many threads at once.</summary>
internal interface IS3Operation
{
    /// <summary>As AWS names it; the embedded list says which requests mean it.</summary>
    string Name { get; }

    /// <summary>
    /// What the caller must be allowed to do with the bucket or object that the request is about, as policies name it:
    /// <c>s3:GetObject</c>. The protocol asks before the operation runs. Null: the operation asks itself, per key.
    /// </summary>
    string? Action { get; }

    /// <summary>Query parameters that it reads (beside those that name it); others are refused.</summary>
    IReadOnlyList<string> Parameters { get; }

    /// <summary>
    /// x-amz- headers that it reads, in lower case; one that ends in a dash stands for all that begin so. Others are
    /// refused.
    /// </summary>
    IReadOnlyList<string> Headers { get; }

    Task RunAsync(S3Call call, CancellationToken cancellation);
}
