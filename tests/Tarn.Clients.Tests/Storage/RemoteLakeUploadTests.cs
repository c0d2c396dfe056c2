using System.Diagnostics;
using System.Text.Json;
using Tarn.Clients.Tests.S3;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.Storage;

/// <summary>Debian's aws cli and a lake whose objects are kept by a second server.</summary>
public sealed class RemoteLakeUploadTests
{
    private const string Cli = "/usr/bin/aws";

    [ClientFact(Cli)]
    public async Task Cp_OfAFileAboveThePartThreshold_ComesBackWhole()
    {
        await using var lake = await RemoteLake.StartAsync();
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/large.bin", SampleFiles.PartedBytes);
        await RunAsync(lake, "s3", "cp", file, "s3://lake/large.bin");
        await RunAsync(lake, "s3", "cp", "s3://lake/large.bin", "s3://lake/copied.bin");
        await RunAsync(lake, "s3", "cp", "s3://lake/copied.bin", file + ".back");
        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(file + ".back"));

        string[] target = ["--bucket", "lake", "--key", "large.bin"];
        var second = await JsonAsync(lake, ["s3api", "head-object", .. target, "--part-number", "2"]);
        Assert.Equal(3, second.GetProperty("PartsCount").GetInt32());
        Assert.EndsWith("-3\"", second.GetProperty("ETag").GetString(), StringComparison.Ordinal);
        Assert.False((await JsonAsync(lake, ["s3api", "list-multipart-uploads", "--bucket", "lake"]))
            .TryGetProperty("Uploads", out _));
    }

    private static async Task<JsonElement> JsonAsync(RemoteLake lake, string[] arguments)
    {
        var answer = await RunAsync(lake, [.. arguments, "--output", "json"]);
        return JsonDocument.Parse(answer.Length == 0 ? "{}" : answer).RootElement;
    }

    private static async Task<string> RunAsync(RemoteLake lake, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Cli, ["--endpoint-url", lake.Server.Aws.GetLeftPart(UriPartial.Authority), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        lake.Server.Describe(start);
        return (await ClientOutput.OfAsync(start)).MustSucceed();
    }
}
