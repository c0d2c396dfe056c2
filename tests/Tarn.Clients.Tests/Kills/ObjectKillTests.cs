using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;
using Xunit.Abstractions;

namespace Tarn.Clients.Tests.Kills;

/// <summary>
/// A server is killed (SIGKILL) again and again while objects are put, overwritten, copied, deleted and uploaded in
/// parts. <c>TARN_KILL_ROUNDS=200</c> makes it the long run; <c>TARN_KILL_SEED</c> another one.
/// </summary>
public sealed class ObjectKillTests(ITestOutputHelper output)
{
    private const string Bucket = "killed";
    private const int RoundsByDefault = 5;
    private const int SeedByDefault = 20261123;
    private const int AnswersMax = 150;

    [Fact]
    public async Task Kill_UnderLoad_AcknowledgedObjectsAreWholeAndListedAndNothingElseIsThere()
    {
        var rounds = Setting("TARN_KILL_ROUNDS", RoundsByDefault);
        var seed = Setting("TARN_KILL_SEED", SeedByDefault);
        using var directory = new TempDirectory();
        var data = directory.Path + "/data";
        var ledger = new ObjectLedger();
        var server = await TarnServerProcess.StartAsync("--data", data);
        try
        {
            using (var s3 = Client(server))
            {
                await s3.PutBucketAsync(Bucket);
            }

            for (var round = 0; round < rounds; round++)
            {
                // Some are killed at the first answer, while it is being written to the disk for the first time.
                var random = new Random(seed + round);
                var answers = round % 5 == 4 ? 1 : random.Next(1, AnswersMax);
                IReadOnlyList<KnownUpload> uploads;
                using (var s3 = Client(server))
                {
                    var load = new ObjectLoad(s3, Bucket, ledger, seed + round);
                    await load.RunAsync(answers, server.KillAsync);
                    uploads = load.Uploads;
                }

                await server.DisposeAsync();
                server = await TarnServerProcess.StartAsync("--data", data);
                await CheckAsync(server, ledger, uploads);
            }
        }
        finally
        {
            await server.DisposeAsync();
        }

        output.WriteLine($"{rounds} rounds, seed {seed}: {ledger.AcknowledgedCount} requests acknowledged");
        Assert.True(ledger.AcknowledgedCount >= rounds * 10, $"only {ledger.AcknowledgedCount} were acknowledged");
    }

    private static async Task CheckAsync(
        TarnServerProcess server, ObjectLedger ledger, IReadOnlyList<KnownUpload> uploads)
    {
        using var s3 = Client(server);
        var store = new KilledStore(s3, Bucket, server.DataDirectory, ledger);
        await store.CheckAsync(uploads);
        await store.EndUploadsAsync(uploads, new ObjectLoad(s3, Bucket, ledger, seed: 0).CompleteAsync);
    }

    /// <summary>One that asks once: what is repeated would be acknowledged by another answer.</summary>
    private static AmazonS3Client Client(TarnServerProcess server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.Secret),
        new AmazonS3Config
        {
            ServiceURL = server.Aws.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });

    private static int Setting(string name, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
