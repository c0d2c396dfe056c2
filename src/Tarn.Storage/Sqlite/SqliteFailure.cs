using Microsoft.Data.Sqlite;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Sqlite;

/// <summary>What a caller should do about an error of SQLite.</summary>
internal static class SqliteFailure
{
    // Primary result codes, https://www.sqlite.org/rescode.html
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    public static TarnException Wrap(SqliteException failure) => failure.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => new TarnException(
            ErrorKind.Damaged, "metadata.db is damaged", failure.Message, cause: failure),
        _ => new TarnException(
            ErrorKind.Unavailable, "metadata.db cannot be read or written now", failure.Message,
            "check free space and permissions of the data directory", failure),
    };
}
