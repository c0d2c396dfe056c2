using System.CommandLine;
using Tarn.Clients.S3;

namespace Tarn.Commands.S3;

/// <summary><c>tarn s3 ...</c>: buckets and objects for people without another S3 client.</summary>
internal static class S3Command
{
    public static Command Create() => new("s3", """
        List, copy and delete objects of the running server. Locations are written s3://bucket/key; any other S3 client
        works as well (eval "$(tarn env)"), and so does the folder objects/ of the data directory for reading.
          tarn s3 mb s3://photos                            make a bucket
          tarn s3 cp cat.jpg s3://photos/2026/              put a file
          tarn s3 cp --recursive album s3://photos/album    put a folder
          tarn s3 ls s3://photos/2026/                      see what is there
          tarn s3 cp s3://photos/2026/cat.jpg .             get it back
          tarn s3 du s3://photos                            how much lies where
          tarn s3 rm --recursive s3://photos/album          delete all in a folder
        """)
    {
        S3Listing.Create(),
        S3Copying.Create(),
        S3Removing.Create(),
        S3Usage.Create(),
        S3Scanning.Create(),
        S3Buckets.Make(),
        S3Buckets.Remove(),
    };

    /// <summary>A client of the server that runs on the data directory.</summary>
    public static S3Client Client(ParseResult parsed, Option<string?> data)
    {
        var directory = CommonOptions.DataDirectory(parsed, data);
        var region = CommonOptions.Configuration().Read(directory, new Dictionary<string, string>()).Region;
        return new S3Client(S3Connection.Of(directory, region));
    }

    public static Argument<string> Location(string description) => new("LOCATION") { Description = description };

    public static Option<bool> Recursive(string description) => new("--recursive", "-r") { Description = description };

    public static Option<bool> Json(string description) => new("--json") { Description = description };
}
