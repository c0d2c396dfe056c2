using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Aws;

/// <summary>Debian's python3-boto3; the script asserts and prints one line at its end.</summary>
public sealed class Boto3Tests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [ClientFact("/usr/lib/python3/dist-packages/boto3/__init__.py")]
    public async Task KinesisS3Athena_ThroughBoto3_Work()
    {
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-python", "smoke.py");
        var output = (await fixture.RunAsync("/usr/bin/python3", script)).MustSucceed();
        Assert.Equal("boto3: kinesis s3 athena ok", output.Trim());
    }
}
