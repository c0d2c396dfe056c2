using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.S3;

/// <summary>
/// Debian's python3-boto3 and @aws-sdk v3 for JavaScript; each script asserts and prints one line at its end.
/// </summary>
public sealed class ScriptTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Boto3 = "/usr/lib/python3/dist-packages/boto3/__init__.py";
    private const string Node = "tests/clients-npm/node_modules/@aws-sdk/";

    [ClientFact(Boto3)]
    public Task Resource_OfBoto3_Works() => MustSayAsync("s3_resource.py", "boto3: s3 resource ok");

    [ClientFact(Boto3)]
    public Task UploadFileInParts_OfBoto3_Works() => MustSayAsync("s3_parts.py", "boto3: s3 parts ok");

    [ClientFact(Boto3)]
    public Task PresignedGetPutAndPost_OfBoto3_Work() => MustSayAsync("s3_presigned.py", "boto3: s3 presigned ok");

    [ClientFact(Boto3)]
    public Task Versions_OfBoto3_Work() => MustSayAsync("s3_versions.py", "boto3: s3 versions ok");

    [ClientFact(Node + "lib-storage/package.json")]
    public Task Upload_OfLibStorage_Works() => MustSayInNodeAsync("s3-upload.mjs", "aws-sdk v3: s3 upload ok");

    [ClientFact(Node + "s3-request-presigner/package.json")]
    public Task Presigner_OfTheJavaScriptSdk_Works() =>
        MustSayInNodeAsync("s3-presigned.mjs", "aws-sdk v3: s3 presigned ok");

    private Task MustSayAsync(string script, string expected) =>
        RunAsync("/usr/bin/python3", "clients-python/" + script, expected);

    private Task MustSayInNodeAsync(string script, string expected) =>
        RunAsync("node", "clients-npm/" + script, expected);

    private async Task RunAsync(string program, string script, string expected)
    {
        var path = Path.Combine(TarnExecutable.Root, "tests", script);
        Assert.Equal(expected, (await fixture.RunAsync(program, path)).MustSucceed().Trim());
    }
}
