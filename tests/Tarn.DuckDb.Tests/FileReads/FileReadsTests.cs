namespace Tarn.DuckDb.Tests.FileReads;

public sealed class FileReadsTests : IDisposable
{
    private const int RowGroups = 20;

    private readonly DuckDbFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("plain.parquet")]
    [InlineData("it's \"quoted\" \\ é.parquet")]
    public async Task Query_OneColumn_CountsItsChunksAndNoFooter(string name)
    {
        var file = await WriteAsync(name);
        var chunks = await ChunkBytesAsync(file, "a");
        var bytes = 0L;
        using var reads = _fixture.Database.CountReads(read => Interlocked.Add(ref bytes, read));
        var first = await SumAsync(reads, file, "a");
        var counted = Interlocked.Exchange(ref bytes, 0);
        await SumAsync(reads, file, "a");

        Assert.Equal(19_999_900_000m, first);
        Assert.InRange(counted, chunks * 95 / 100, chunks * 105 / 100);
        Assert.InRange(bytes, chunks * 95 / 100, chunks * 105 / 100);
    }

    [Fact]
    public async Task Query_LimitThatStopsEarly_CountsFewRowGroups()
    {
        var file = await WriteAsync("a.parquet");
        var chunks = await ChunkBytesAsync(file, "a");
        var bytes = 0L;
        using var reads = _fixture.Database.CountReads(read => Interlocked.Add(ref bytes, read));
        using var session = _fixture.Database.OpenSession();
        await DuckDbFixture.RowsAsync(
            session, $"SELECT a FROM {Text(reads.PathOf(file, new FileInfo(file).Length))} LIMIT 3");

        Assert.InRange(bytes, 1, chunks / 4);
    }

    [Fact]
    public async Task Query_TwoAtOnceOverOneFile_AreCountedApart()
    {
        var file = await WriteAsync("a.parquet");
        var (a, b) = (await ChunkBytesAsync(file, "a"), await ChunkBytesAsync(file, "b"));
        var (bytesOfA, bytesOfB) = (0L, 0L);
        using var readsOfA = _fixture.Database.CountReads(read => Interlocked.Add(ref bytesOfA, read));
        using var readsOfB = _fixture.Database.CountReads(read => Interlocked.Add(ref bytesOfB, read));
        await Task.WhenAll(SumAsync(readsOfA, file, "a"), SumAsync(readsOfB, file, "length(b)"));

        Assert.True(b > 2 * a, $"{a} and {b} bytes are too close to tell them apart");
        Assert.InRange(bytesOfA, a * 95 / 100, a * 105 / 100);
        Assert.InRange(bytesOfB, b * 95 / 100, b * 105 / 100);
    }

    [Fact]
    public async Task PathOf_AfterDispose_IsTheFilesOwnAgain()
    {
        var file = await WriteAsync("a.parquet");
        var first = _fixture.Database.CountReads(_ => { });
        using var second = _fixture.Database.CountReads(_ => { });
        var spelled = (first.PathOf(file, 10), second.PathOf(file, 10), second.PathOf(file, 10));
        first.Dispose();
        using var third = _fixture.Database.CountReads(_ => { });

        Assert.Equal((file, "/." + file, "/." + file), spelled);
        Assert.Equal(file, third.PathOf(file, 10));
    }

    [Fact]
    public void CountReads_OfAnInstanceThatDoesNot_Throws()
    {
        using var other = DuckDbInstance.Open(_fixture.Options with { CountsReads = false });

        Assert.Throws<InvalidOperationException>(() => other.CountReads(_ => { }));
    }

    private async Task<string> WriteAsync(string name)
    {
        var file = Path.Combine(_fixture.Lake, name);
        using var session = _fixture.Database.OpenSession();
        await session.ExecuteAsync(
            $"COPY (SELECT i AS a, md5(i::VARCHAR) AS b FROM range(200000) t(i)) TO {Text(file)} "
                + $"(FORMAT parquet, ROW_GROUP_SIZE {200_000 / RowGroups})",
            default);
        return file;
    }

    private async Task<long> ChunkBytesAsync(string file, string column)
    {
        using var session = _fixture.Database.OpenSession();
        var sum = await DuckDbFixture.ScalarAsync(
            session,
            $"SELECT sum(total_compressed_size)::BIGINT FROM parquet_metadata({Text(file)}) "
                + $"WHERE path_in_schema = '{column}'");
        return (long)sum!;
    }

    private async Task<decimal> SumAsync(IFileReads reads, string file, string of)
    {
        using var session = _fixture.Database.OpenSession();
        var path = Text(reads.PathOf(file, new FileInfo(file).Length));
        return (decimal)(await DuckDbFixture.ScalarAsync(session, $"SELECT sum({of})::DECIMAL(18, 0) FROM {path}"))!;
    }

    private static string Text(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
}
