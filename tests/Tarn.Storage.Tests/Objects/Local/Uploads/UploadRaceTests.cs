using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Local;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Tests.Objects.Local.Uploads;

/// <summary>Calls on one upload that meet, and an upload of as many parts as there can be.</summary>
public sealed class UploadRaceTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ObjectKey Key = new("lake", "k");

    private TestLake? _opened;

    private TestLake Lake => _opened!;

    private LocalUploads Uploads => Lake.Storage.Uploads;

    public async Task InitializeAsync()
    {
        _opened = await TestLake.OpenAsync();
        Lake.PartBytesMin = 1;
        await Lake.ReopenAsync();
        await Lake.Storage.Objects.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Abort_WhileAPartIsWritten_LeavesNothing(bool isCommitted)
    {
        var moment = isCommitted ? PutStep.PartCommitted : PutStep.PartStaged;
        var id = await Create();
        await PutPart(id, 1, "first");
        Lake.Reached = step =>
        {
            if (step == moment)
            {
                Lake.Reached = _ => { };
                Uploads.AbortAsync(Key, id, None).GetAwaiter().GetResult();
            }
        };
        var failure = await Record.ExceptionAsync(() => PutPart(id, 1, "second"));
        Assert.Equal(isCommitted ? null : "NoSuchUpload", (failure as TarnException)?.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Lake.Path, "uploads")));
    }

    [Fact]
    public async Task Complete_ManyAtOnce_AreOneObject()
    {
        var id = await Create();
        var part = await PutPart(id, 1, "one");
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Complete(id, [part])));
        Assert.Single(made.Select(info => (info.ETag, info.LastModified)).Distinct());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Lake.Storage.Objects.StagingDirectory));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Lake.Path, "uploads")));
    }

    [Fact]
    public async Task Complete_FileOfAPartGoneOrCut_IsDamagedAndTheUploadStays()
    {
        var id = await Create();
        var part = await PutPart(id, 1, "one");
        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(Lake.Path, "uploads", id)));
        await File.WriteAllTextAsync(file, "on");
        Assert.Equal(ErrorKind.Damaged, (await Refused()).Kind);
        File.Delete(file);
        Assert.Equal(ErrorKind.Damaged, (await Refused()).Kind);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Lake.Storage.Objects.StagingDirectory));
        await Complete(id, [await PutPart(id, 1, "one")]);

        Task<TarnException> Refused() => Assert.ThrowsAsync<TarnException>(() => Complete(id, [part]));
    }

    [Fact]
    public async Task Complete_TenThousandParts_IsTheirBytesInOrder()
    {
        var id = Guid.ParseExact(await Create(), "N");
        var folders = new UploadFolders(Path.Combine(Lake.Path, "uploads"));
        var parts = new List<PartRow>();
        var whole = new StringBuilder();
        for (var number = 1; number <= 10_000; number++)
        {
            var text = $"{number},";
            var md5 = Convert.ToHexStringLower(Md5(text));
            var part = new PartRow(number, text.Length, md5, 0, Checksum: null, new Guid(number, 0, 0, new byte[8]));
            await File.WriteAllTextAsync(folders.FileOf(id, part), text);
            whole.Append(text);
            parts.Add(part);
        }

        Insert(id, parts);
        var made = await Complete(id.ToString("N"), [.. parts.Select(part => part.ToPart(kind: null))]);
        Assert.Equal(10_000, made.Parts.Count);
        Assert.EndsWith("-10000", made.ETag, StringComparison.Ordinal);
        await using var content = await Lake.Storage.Objects.OpenAsync(Key, null, None);
        Assert.Equal(whole.ToString(), await new StreamReader(content!.Body).ReadToEndAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Lake.Path, "uploads")));
        await Lake.Storage.Objects.CopyAsync(Key, _ => { }, Key, attributes: null, None);
        var copy = (await Lake.Storage.Objects.FindAsync(Key, None))!;
        Assert.Equal(Convert.ToHexStringLower(Md5(whole.ToString())), copy.ETag);
        Assert.Empty(copy.Parts);
    }

    /// <summary>In one transaction: ten thousand puts would sync as often.</summary>
    private void Insert(Guid upload, List<PartRow> parts)
    {
        using var session = new SqlSession(Path.Combine(Lake.Path, "metadata.db"));
        session.Execute("BEGIN IMMEDIATE");
        foreach (var part in parts)
        {
            session.Execute(
                $"INSERT INTO part(upload, {PartRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                upload.ToByteArray(bigEndian: true), part.Number, part.Size, part.ETag, part.Modified, part.Checksum,
                part.Id.ToByteArray(bigEndian: true));
        }

        session.Execute("COMMIT");
    }

#pragma warning disable CA5351 // S3 defines the ETag as MD5
    private static byte[] Md5(string text) =>
        System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5351

    private async Task<string> Create() =>
        (await Uploads.CreateAsync(Key, ObjectAttributes.None, checksum: null, None)).UploadId;

    private Task<UploadedPart> PutPart(string id, int number, string text) => Uploads.PutPartAsync(
        Key, id, number, new MemoryStream(Encoding.UTF8.GetBytes(text)), ObjectAttributes.None, None);

    private Task<ObjectInfo> Complete(string id, IReadOnlyList<UploadedPart> parts) => Uploads.CompleteAsync(
        Key, id, [.. parts.Select(part => new CompletedPart(part.Number, part.ETag, null))], null, null, None);
}
