using Amazon.S3;
using Amazon.S3.Model;

namespace Tarn.Clients.Tests.Kills;

/// <summary>
/// Senders that put, overwrite, copy, delete and upload in parts, several on the same keys, and a reader among them,
/// until the server is killed. Which requests follows from the seed; the moment at which they end does not.
/// </summary>
internal sealed class ObjectLoad(AmazonS3Client s3, string bucket, ObjectLedger ledger, int seed)
{
    public const string Source = "source";
    private const int SenderCount = 6;
    private const int PartBytes = 5 << 20;

    /// <summary>Names that share folders, stand in each other's way, or have no plain file name.</summary>
    private static readonly string[] Keys =
    [
        .. Enumerable.Range(0, 10).Select(i => $"plain/{i}"), .. Enumerable.Range(0, 4).Select(i => $"deep/x/y/{i}"),
        "way", "way/below", "way/below/it", "Case", "case", "../up", "odd//name", "ü ~%1", "end/",
    ];

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SeededBody _source = SeededBody.Make(100_000);
    private int _answers;
    private int _answersWanted;
    private volatile bool _isKilled;

    public List<KnownUpload> Uploads { get; } = [];

    /// <summary>
    /// Sends until so many requests were answered, then kills and waits until every sender has noticed.
    /// </summary>
    public async Task RunAsync(int answers, Func<Task> killAsync)
    {
        _answersWanted = answers;
        await PutAsync(Source, _source, isNew: false);
        var senders = Enumerable.Range(0, SenderCount).Select(SendForEverAsync).Append(ReadForEverAsync()).ToList();
        // A sender ends before the kill only by a failure, which is the test's.
        await await Task.WhenAny(senders.Append(_reached.Task));
        _isKilled = true;
        await killAsync();
        await Task.WhenAll(senders);
    }

    private async Task SendForEverAsync(int sender)
    {
        var random = new Random((seed * 31) + sender);
        while (await IsServedAsync(() => SendAsync(random)))
        {
            if (Interlocked.Increment(ref _answers) >= _answersWanted)
            {
                _reached.TrySetResult();
            }
        }
    }

    private async Task ReadForEverAsync()
    {
        var random = new Random(seed);
        while (await IsServedAsync(() => ReadAsync(Pick(random))))
        {
            // Each read has checked what it got.
        }
    }

    /// <summary>False once the server is gone; any failure before that is thrown.</summary>
    private async Task<bool> IsServedAsync(Func<Task> request)
    {
        try
        {
            await request();
            return true;
        }
        catch (Exception) when (_isKilled)
        {
            return false;
        }
    }

    private Task SendAsync(Random random) => random.Next(100) switch
    {
        < 40 => PutAsync(Pick(random), SeededBody.Make(random.Next(60_000)), isNew: false),
        < 50 => PutAsync(Pick(random), SeededBody.Make(random.Next(3 << 20)), isNew: false),
        < 60 => PutAsync(Pick(random), SeededBody.Make(random.Next(2000)), isNew: true),
        < 75 => DeleteAsync(Pick(random)),
        < 88 => CopyAsync(Pick(random)),
        _ => UploadAsync(Pick(random), random),
    };

    private static string Pick(Random random) => Keys[random.Next(Keys.Length)];

    private Task PutAsync(string key, SeededBody body, bool isNew) => AnswerAsync(
        ledger.Begin(key, body.Hash),
        () => s3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket, Key = key, InputStream = new MemoryStream(body.Bytes),
            IfNoneMatch = isNew ? "*" : null,
        }));

    private Task DeleteAsync(string key) => AnswerAsync(
        ledger.Begin(key, hash: null), () => s3.DeleteObjectAsync(bucket, key));

    private Task CopyAsync(string key) => AnswerAsync(
        ledger.Begin(key, _source.Hash), () => s3.CopyObjectAsync(bucket, Source, bucket, key));

    private async Task UploadAsync(string key, Random random)
    {
        var begun = await s3.InitiateMultipartUploadAsync(bucket, key);
        var upload = new KnownUpload(key, begun.UploadId);
        lock (Uploads)
        {
            Uploads.Add(upload);
        }

        var (first, last) = (SeededBody.Make(PartBytes), SeededBody.Make(random.Next(100_000)));
        await PartAsync(upload, 2, SeededBody.Make(1000));
        await PartAsync(upload, 1, first);
        await PartAsync(upload, 2, last);
        upload.Hash = SeededBody.HashOf(first.Bytes, last.Bytes);
        var end = random.Next(10);
        if (end < 7)
        {
            await CompleteAsync(upload);
        }
        else if (end == 7)
        {
            upload.IsEnding = true;
            await s3.AbortMultipartUploadAsync(bucket, key, upload.Id);
            upload.IsEnded = true;
        }
    }

    private async Task PartAsync(KnownUpload upload, int number, SeededBody body)
    {
        upload.InDoubt.Add(number);
        var part = await s3.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket, Key = upload.Key, UploadId = upload.Id, PartNumber = number,
            InputStream = new MemoryStream(body.Bytes),
        });
        upload.Parts[number] = part.ETag;
        upload.InDoubt.Remove(number);
    }

    public async Task CompleteAsync(KnownUpload upload)
    {
        upload.IsEnding = true;
        await AnswerAsync(
            ledger.Begin(upload.Key, upload.Hash),
            () => s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
            {
                BucketName = bucket, Key = upload.Key, UploadId = upload.Id,
                PartETags = [.. upload.Parts.Select(part => new PartETag(part.Key, part.Value))],
            }));
        upload.IsEnded = true;
    }

    private async Task ReadAsync(string key)
    {
        try
        {
            using var got = await s3.GetObjectAsync(bucket, key);
            using var bytes = new MemoryStream();
            await got.ResponseStream.CopyToAsync(bytes);
            var hash = SeededBody.HashOf(bytes.ToArray());
            Assert.True(ledger.WasSent(key, hash), $"{key} was read with {bytes.Length} bytes that nobody sent");
        }
        catch (NoSuchKeyException)
        {
            // Deleted, or not there yet.
        }
    }

    private async Task AnswerAsync(Attempt attempt, Func<Task> request)
    {
        try
        {
            await request();
            ledger.Acknowledge(attempt);
        }
        catch (AmazonS3Exception refused) when ((int)refused.StatusCode == 412)
        {
            ledger.Refuse(attempt);
        }
    }
}
