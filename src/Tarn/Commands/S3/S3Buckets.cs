using System.CommandLine;
using Tarn.Clients.S3;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.S3;

/// <summary><c>tarn s3 mb</c> and <c>tarn s3 rb</c>.</summary>
internal static class S3Buckets
{
    public static Command Make()
    {
        var data = CommonOptions.Data();
        var location = S3Command.Location("s3://bucket");
        var command = new Command("mb", """
            Make a bucket: 3 to 63 lower-case letters, digits, dots and dashes.
              tarn s3 mb s3://photos
            """) { location, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var s3 = S3Command.Client(parsed, data);
            var bucket = RequireBucket(parsed.GetRequiredValue(location));
            if (await s3.HasBucketAsync(bucket, cancellation))
            {
                throw new TarnException(ErrorKind.AlreadyExists, $"there is a bucket '{bucket}' already");
            }

            await s3.CreateBucketAsync(bucket, cancellation);
            Terminal.WriteLine($"made s3://{bucket}");
            return 0;
        });
        return command;
    }

    public static Command Remove()
    {
        var data = CommonOptions.Data();
        var location = S3Command.Location("s3://bucket");
        var force = new Option<bool>("--force") { Description = "delete its objects first" };
        var command = new Command("rb", """
            Remove an empty bucket, or any with --force. There is no way back.
              tarn s3 rb s3://photos
              tarn s3 rb --force s3://photos
            """) { location, force, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var s3 = S3Command.Client(parsed, data);
            var bucket = RequireBucket(parsed.GetRequiredValue(location));
            if (parsed.GetValue(force)
                && await S3Removing.EmptyAsync(s3, new S3Location(bucket, ""), cancellation) is not 0 and var failed)
            {
                return failed;
            }

            await s3.DeleteBucketAsync(bucket, cancellation);
            Terminal.WriteLine($"removed s3://{bucket}");
            return 0;
        });
        return command;
    }

    private static string RequireBucket(string text) =>
        S3Location.Parse(text) is { Key: "" } location
            ? location.Bucket
            : throw new TarnException(
                ErrorKind.Invalid, $"{text} is more than a bucket", hint: "write it as s3://bucket");
}
