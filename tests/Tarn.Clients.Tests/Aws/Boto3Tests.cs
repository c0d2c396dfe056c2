using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Aws;

/// <summary>Debian's python3-boto3; the script asserts and prints one line at its end.</summary>
public sealed class Boto3Tests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Boto3 = "/usr/lib/python3/dist-packages/boto3/__init__.py";

    [ClientFact(Boto3)]
    public Task KinesisS3Athena_ThroughBoto3_Work() => MustPrintAsync("smoke.py", "boto3: kinesis s3 athena ok");

    [ClientFact(Boto3)]
    public Task KinesisControlPlane_ThroughBoto3_Works() =>
        MustPrintAsync("kinesis_control.py", "boto3: kinesis control plane ok");

    [ClientFact(Boto3)]
    public Task EveryKinesisOperation_ThroughBoto3_WorksOrIsRefusedByName() =>
        MustPrintAsync("kinesis.py", "boto3: every kinesis operation ok");

    [ClientFact(Boto3)]
    public Task Athena_ThroughBoto3AsPyAthenaUsesIt_Works() => MustPrintAsync("athena.py", "boto3: athena ok");

    [ClientFact(Boto3)]
    public Task AthenaTables_ThroughBoto3AsPyAthenaUsesIt_Work() =>
        MustPrintAsync("athena_tables.py", "boto3: athena tables ok");

    private async Task MustPrintAsync(string name, string expected)
    {
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-python", name);
        var output = (await fixture.RunAsync("/usr/bin/python3", script)).MustSucceed();
        Assert.Equal(expected, output.Trim());
    }
}
