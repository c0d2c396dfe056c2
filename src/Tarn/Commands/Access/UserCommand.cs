using System.CommandLine;

namespace Tarn.Commands.Access;

/// <summary><c>tarn user ...</c>: who else may use the lake's S3, and with which keys.</summary>
internal static class UserCommand
{
    public static Command Create() => new("user", """
        Give others access keys of their own. A new user may do nothing until something is granted to it; grants and
        bucket policies are about S3 only, everything else is left to the root key.
          tarn user add ann                                a user with a new key, shown once
          tarn grant add ann read lake/reports/            let it list and read below reports/
          tarn user ls                                     users, keys, grants
          tarn user key disable ann AKIA...                stop a key at once
          tarn user rm ann                                 the user, its keys and its grants
        """)
    {
        UserListing.Create(),
        UserChanges.Add(),
        UserChanges.Remove(),
        UserKeys.Create(),
    };

    public static Argument<string> Name() => new("NAME") { Description = "the user" };

    public static string Path(string name, string rest = "") => $"/api/users/{Uri.EscapeDataString(name)}{rest}";
}
