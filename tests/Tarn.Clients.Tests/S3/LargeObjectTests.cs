using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Amazon.S3.Transfer;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;
using Xunit.Abstractions;

namespace Tarn.Clients.Tests.S3;

/// <summary>
/// A large object there and back while the server's memory stays where it was. <c>TARN_LARGE_MIB=5120</c> makes it one
/// of 5 GiB.
/// </summary>
public sealed class LargeObjectTests(ServerFixture fixture, ITestOutputHelper output) : IClassFixture<ServerFixture>
{
    private const string Cli = "/usr/bin/aws";
    private const string Copy = Cli + " --endpoint-url $AWS_ENDPOINT_URL s3 cp --quiet";
    private const int MiB = 1 << 20;
    private const int MiBByDefault = 64;
    private const int WarmUpMiB = 32;

    /// <summary>Of the server's peak: less than the smallest object here, and a 64th of a large one.</summary>
    private const long GrowthBytesMax = 48L * MiB;
    private const int GrowthShare = 64;

    [ClientFact(Cli)]
    public Task ThroughTheAwsCli_ALargeObject_LeavesTheServersMemoryFlat() => MustRoundTripAsync(
        "large-cli",
        (path, key) => CliAsync($"{Copy} {path} s3://large-cli/{key}"),
        async key => (await CliAsync($"{Copy} s3://large-cli/{key} - | sha256sum"))[..64]);

    [Fact]
    public async Task ThroughTheDotNetSdk_ALargeObject_LeavesTheServersMemoryFlat()
    {
        using var s3 = fixture.Server.S3();
        using var transfer = new TransferUtility(s3);
        await MustRoundTripAsync(
            "large-sdk",
            (path, key) => transfer.UploadAsync(path, "large-sdk", key),
            async key =>
            {
                using var got = await s3.GetObjectAsync("large-sdk", key);
                return Convert.ToHexStringLower(await SHA256.HashDataAsync(got.ResponseStream));
            });
    }

    private async Task MustRoundTripAsync(string bucket, Func<string, string, Task> put, Func<string, Task<string>> get)
    {
        var size = int.TryParse(
            Environment.GetEnvironmentVariable("TARN_LARGE_MIB"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var asked) ? asked : MiBByDefault;
        using var directory = new TempDirectory();
        using var s3 = fixture.Server.S3();
        await s3.PutBucketAsync(bucket);
        var (small, smallHash) = Write(directory.Path + "/small", WarmUpMiB);
        await put(small, "small");
        Assert.Equal(smallHash, await get("small"));
        var before = PeakBytes();

        var (large, largeHash) = Write(directory.Path + "/large", size);
        var clock = Stopwatch.StartNew();
        await put(large, "large");
        var putTime = clock.Elapsed;
        Assert.Equal(largeHash, await get("large"));
        var getTime = clock.Elapsed - putTime;
        var growth = PeakBytes() - before;

        output.WriteLine(FormattableString.Invariant(
            $"{bucket}: {size} MiB put in {putTime.TotalSeconds:0.0} s, got in {getTime.TotalSeconds:0.0} s; ")
            + FormattableString.Invariant($"peak {before / MiB} MiB before, {growth / MiB} MiB more after"));
        Assert.InRange(growth, 0, Math.Max(GrowthBytesMax, (long)size * MiB / GrowthShare));
        await s3.DeleteObjectAsync(bucket, "large");
    }

    private async Task<string> CliAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]);
        fixture.Server.Describe(start);
        return (await ClientOutput.OfAsync(start, TimeSpan.FromMinutes(20))).MustSucceed();
    }

    /// <summary>The most memory that the server has ever held.</summary>
    private long PeakBytes()
    {
        var line = File.ReadLines($"/proc/{fixture.Server.ProcessId}/status")
            .Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Blocks that all differ, so that no part can take the place of another.</summary>
    private static (string Path, string Hash) Write(string path, int size)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.Create(path);
        var block = new byte[MiB];
        new Random(size).NextBytes(block);
        for (var i = 0; i < size; i++)
        {
            BitConverter.TryWriteBytes(block, i);
            hash.AppendData(block);
            file.Write(block);
        }

        return (path, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
