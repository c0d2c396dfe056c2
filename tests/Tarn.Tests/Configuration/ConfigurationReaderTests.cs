using System.Net;
using Tarn.Configuration;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Testing;

namespace Tarn.Tests.Configuration;

/// <summary>Defaults, tarn.yaml, environment and flags, and everything that can be wrong in them.</summary>
public sealed class ConfigurationReaderTests : IDisposable
{
    private const string Secret = "hush-hush-hush";
    private const string WebhookSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:";

    private readonly TempDirectory data = new();
    private readonly Dictionary<string, string> environment = [];
    private readonly Dictionary<string, string> flags = [];

    public void Dispose() => data.Dispose();

    [Fact]
    public void Read_NothingSet_IsTheDefaults()
    {
        var options = Read();

        Assert.Equal(
            (4566, 4580, IPAddress.Loopback, "000000000000", "us-east-1", 2048),
            (options.Port, options.ConsolePort, options.Listen, options.AccountId, options.Region, options.MemoryMiB));
        Assert.Equal(
            (null, null, null), (options.ProjectDirectory, options.RootAccessKeyId, options.RootSecretAccessKey));
        Assert.Equal(data.Path, options.DataDirectory);
    }

    [Fact]
    public void Read_SetEverywhere_TheLaterSourceWins()
    {
        Yaml("port: 1\nconsole_port: 1\nmemory_mib: 129\nregion: eu-west-1\n");
        environment["TARN_PORT"] = "2";
        environment["TARN_CONSOLE_PORT"] = "2";
        environment["TARN_MEMORY_MIB"] = "130";
        flags["--port"] = "3";
        flags["--console-port"] = "3";

        var options = Read();

        Assert.Equal((3, 3, 130, "eu-west-1"), (options.Port, options.ConsolePort, options.MemoryMiB, options.Region));
    }

    [Fact]
    public void Read_EachSetting_ComesFromEachSource()
    {
        Yaml($"listen: localhost\naccount_id: '123456789012'\nproject: {data.Path}\n");
        environment["TARN_ROOT_ACCESS_KEY_ID"] = "AKIATESTTESTTEST";
        environment["TARN_ROOT_SECRET_ACCESS_KEY"] = Secret;
        flags["--listen"] = "::1";

        var options = Read();

        Assert.Equal(IPAddress.IPv6Loopback, options.Listen);
        Assert.Equal(("123456789012", data.Path), (options.AccountId, options.ProjectDirectory));
        Assert.Equal(("AKIATESTTESTTEST", Secret), (options.RootAccessKeyId, options.RootSecretAccessKey));
    }

    [Fact]
    public void Read_StreamsAndMetrics_ComeFromFileAndFlags()
    {
        Yaml("limits: aws\notlp_endpoint: http://127.0.0.1:4318\n");
        flags["--otlp-interval-seconds"] = "5";

        var options = Read();

        Assert.Equal(StreamRates.Aws, options.Limits);
        Assert.Equal((new Uri("http://127.0.0.1:4318"), 5), (options.OtlpEndpoint, options.OtlpIntervalSeconds));
    }

    [Fact]
    public void Read_LimitsAndPriceOfQueries_ComeFromFileVariableAndFlag()
    {
        var usual = Read();
        Yaml("spill_mib: 1024\n");
        environment["TARN_TERABYTE_PRICE_USD"] = "6.75";
        flags["--memory-mib"] = "256";

        var options = Read();

        Assert.Equal((65_536, 5m, 2048), (usual.SpillMiB, usual.TerabytePriceUsd, usual.MemoryMiB));
        Assert.Equal((1024, 6.75m, 256), (options.SpillMiB, options.TerabytePriceUsd, options.MemoryMiB));
    }

    [Fact]
    public void Read_WrongLimitsAndCollector_SaysWhatIsExpected()
    {
        environment["TARN_LIMITS"] = "azure";
        environment["TARN_OTLP_ENDPOINT"] = "collector:4318";

        Assert.Equal(
            [
                "TARN_LIMITS: expected aws or none, not 'azure'",
                "TARN_OTLP_ENDPOINT: expected an address such as http://127.0.0.1:4318, not 'collector:4318'",
            ],
            Errors());
    }

    [Fact]
    public void Read_S3Hosts_AreNamesSeparatedByCommas()
    {
        Assert.Equal(["localhost", "s3.localhost"], Read().S3Hosts);

        environment["TARN_S3_HOSTS"] = "s3.example.org, localhost";
        Assert.Equal(["s3.example.org", "localhost"], Read().S3Hosts);

        environment["TARN_S3_HOSTS"] = "localhost,127.0.0.1";
        Assert.Equal(
            [
                "TARN_S3_HOSTS: expected host names such as s3.example.org, separated by commas, "
                    + "not 'localhost,127.0.0.1'",
            ],
            Errors());
    }

    [Fact]
    public void Read_Functions_AreAddressesByArn()
    {
        Assert.Empty(Read().Functions);

        Yaml($"""
            functions:
              {FunctionArn}clean: http://127.0.0.1:9000
              {FunctionArn}clean:2: https://lambda.example/x?y=1
            """);

        Assert.Equal(
            [
                ($"{FunctionArn}clean", "http://127.0.0.1:9000/"),
                ($"{FunctionArn}clean:2", "https://lambda.example/x?y=1"),
            ],
            Read().Functions.Select(function => (function.Key, function.Value.AbsoluteUri)));
    }

    [Fact]
    public void Read_FunctionsThatCannotBeCalled_AreNamed()
    {
        Yaml($"""
            functions:
              clean: http://a
              {FunctionArn}a: 9000
              {FunctionArn}b: ftp://a
              {FunctionArn}c: http://me:hush@a
              {FunctionArn}d: [x]
            """);

        Assert.Equal(
            [
                $"'clean' of functions must be named by an ARN such as {FunctionArn}clean",
                $"'{FunctionArn}a' of functions must be an address such as http://127.0.0.1:9000, not '9000'",
                $"'{FunctionArn}b' of functions must be an address such as http://127.0.0.1:9000, not 'ftp://a'",
                $"'{FunctionArn}c' of functions must be an address without user and password, "
                    + "which would not be sent",
                $"'{FunctionArn}d' of functions must be a text",
            ],
            Errors().Select(error => error[(error.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        Assert.StartsWith(Path.Combine(data.Path, "tarn.yaml:2:10: "), Errors()[0]);
    }

    [Fact]
    public void Read_Webhooks_AreAddressesAndKeysByName()
    {
        Assert.Empty(Read().Webhooks);

        Yaml($$"""
            webhooks:
              ops: { url: https://hooks.example.com/x, secret: {{WebhookSecret}} }
              desk-2:
                url: http://127.0.0.1:9000
                secret: {{WebhookSecret}}
                previous_secret: {{WebhookSecret}}
                timeout_seconds: 30
            """);

        Assert.Equal(
            [("ops", "https://hooks.example.com/x", 1, 15d), ("desk-2", "http://127.0.0.1:9000/", 2, 30d)],
            Read().Webhooks.Select(webhook => (
                webhook.Key, webhook.Value.Url.AbsoluteUri, webhook.Value.Keys.Count,
                webhook.Value.Timeout.TotalSeconds)));
    }

    [Fact]
    public void Read_WebhooksThatCannotBeCalled_AreNamed_WithoutTheirSecrets()
    {
        Yaml($$"""
            webhooks:
              a: { url: hooks.example.com, secret: {{WebhookSecret}} }
              b: { url: http://me:hush@a, secret: {{WebhookSecret}} }
              c: { url: http://a, secret: {{Secret}} }
              d: { url: http://a, secret: whsec_c2hvcnQ= }
              e: { url: http://a }
              F: { url: http://a, secret: {{WebhookSecret}} }
              g: { url: http://a, secret: {{WebhookSecret}}, timeout_second: 3 }
              h: http://a
            """);

        Assert.Equal(
            [
                "'url' of webhooks 'a' must be an address such as https://hooks.example.com/tarn",
                "'url' of webhooks 'b' must be an address without user and password, which would not be sent",
                "'secret' of webhooks 'c' must be 'whsec_' and 24 to 64 bytes in base64",
                "'secret' of webhooks 'd' must be 'whsec_' and 24 to 64 bytes in base64",
                "webhooks 'e' needs 'secret'",
                "'F' of webhooks must be named by lower-case letters, digits, _ and -",
                "unknown key 'timeout_second' in webhooks 'g'; did you mean 'timeout_seconds'?",
                "'h' of webhooks must be a map of keys",
            ],
            Errors().Select(error => error[(error.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        Assert.StartsWith(Path.Combine(data.Path, "tarn.yaml:2:"), Errors()[0]);
    }

    [Fact]
    public void Read_ErrorsInAllSources_AreReportedTogether()
    {
        Yaml("port: many\nconsol_port: 1\n");
        environment["TARN_REGION"] = "Ireland";
        environment["TARN_PROT"] = "1";
        flags["--memory-mib"] = "1";

        var path = Path.Combine(data.Path, "tarn.yaml");
        Assert.Equal(
            [
                $"{path}: port: expected a whole number from 0 to 65535, not 'many'",
                $"{path}:2:1: unknown key 'consol_port' in the file; did you mean 'console_port'?",
                "TARN_REGION: expected a region such as eu-west-1, not 'Ireland'",
                "unknown environment variable TARN_PROT; did you mean 'TARN_PORT'?",
                "--memory-mib: expected a whole number from 128 to 1048576, not '1'",
            ],
            Errors());
    }

    [Theory]
    [InlineData("TARN_PORT", "65536")]
    [InlineData("TARN_PORT", "-1")]
    [InlineData("TARN_PORT", "")]
    [InlineData("TARN_PORT", "4566 ")]
    [InlineData("TARN_LISTEN", "example.org")]
    [InlineData("TARN_PROJECT", "/nowhere/at/all")]
    [InlineData("TARN_ACCOUNT_ID", "12345678901")]
    [InlineData("TARN_ACCOUNT_ID", "12345678901a")]
    [InlineData("TARN_ACCOUNT_ID", "١٢٣٤٥٦٧٨٩٠١٢")]
    [InlineData("TARN_REGION", "US-EAST-1")]
    [InlineData("TARN_MEMORY_MIB", "127")]
    [InlineData("TARN_SPILL_MIB", "15")]
    [InlineData("TARN_TERABYTE_PRICE_USD", "-1")]
    [InlineData("TARN_TERABYTE_PRICE_USD", "5,5")]
    [InlineData("TARN_TERABYTE_PRICE_USD", "1000001")]
    public void Read_ValueOutOfBounds_NamesTheVariable(string variable, string value)
    {
        environment[variable] = value;

        Assert.StartsWith(variable + ": expected ", Assert.Single(Errors()));
    }

    [Theory]
    [InlineData("TARN_ACCOUNT_ID", "123456789012\n")]
    [InlineData("TARN_REGION", "eu-west-1\n")]
    public void Read_ValueWithALineBreakAfterIt_IsRefused(string variable, string value)
    {
        environment[variable] = value;

        Assert.StartsWith(variable + ": expected ", Errors()[0]);
    }

    [Fact]
    public void Read_UnknownVariableUnlikeAny_IsAnErrorWithoutHint()
    {
        environment["TARN_COLOUR_OF_THE_LOGO"] = "blue";

        Assert.Equal(["unknown environment variable TARN_COLOUR_OF_THE_LOGO"], Errors());
    }

    [Fact]
    public void Read_DataVariableAndOthers_AreKnown()
    {
        environment["TARN_DATA"] = data.Path;
        environment["PATH"] = "/bin";
        environment["tarn_prot"] = "1";

        Assert.Equal(4566, Read().Port);
    }

    [Theory]
    [InlineData("root_secret_access_key: short7!")]
    [InlineData("root_access_key_id: AKIATESTTESTTEST\nroot_secret_access_key: 'short7!'")]
    [InlineData("root_secret_access_key: [short7!]")]
    [InlineData("root_secret_access_key: { a: short7! }")]
    [InlineData("root_secret_access_key: 'short7!")]
    public void Read_BadSecretInTheFile_IsNotShown(string text)
    {
        Yaml(text);

        Assert.DoesNotContain("short7!", string.Join('\n', Errors()));
    }

    [Fact]
    public void Read_BadSecretInTheEnvironment_IsNamedAndNotShown()
    {
        environment["TARN_ROOT_ACCESS_KEY_ID"] = "AKIATESTTESTTEST";
        environment["TARN_ROOT_SECRET_ACCESS_KEY"] = "short7!";

        var errors = Errors();

        Assert.Equal("TARN_ROOT_SECRET_ACCESS_KEY: expected 8 to 128 printable characters", errors[0]);
        Assert.DoesNotContain("short7!", string.Join('\n', errors));
    }

    [Theory]
    [InlineData("TARN_ROOT_ACCESS_KEY_ID", "AKIATESTTESTTEST")]
    [InlineData("TARN_ROOT_SECRET_ACCESS_KEY", Secret)]
    public void Read_HalfAKey_IsAnErrorThatShowsNoSecret(string variable, string value)
    {
        environment[variable] = value;

        Assert.Equal(
            ["root_access_key_id and root_secret_access_key go together: set both or neither"], Errors());
    }

    [Fact]
    public void Read_KeyIdInTheFileAndSecretInTheEnvironment_GoTogether()
    {
        Yaml("root_access_key_id: AKIATESTTESTTEST\n");
        environment["TARN_ROOT_SECRET_ACCESS_KEY"] = Secret;

        Assert.Equal(Secret, Read().RootSecretAccessKey);
    }

    [Fact]
    public void Read_ErrorInTheFilesText_NamesItsPlace()
    {
        Yaml("port: 1\nport: 2\n");

        Assert.StartsWith(Path.Combine(data.Path, "tarn.yaml:2:1: "), Assert.Single(Errors()));
    }

    [Fact]
    public void DataDirectory_FlagOverVariableOverHome_IsAbsolute()
    {
        var reader = new ConfigurationReader(environment);
        Assert.EndsWith(Path.DirectorySeparatorChar + ".tarn", reader.DataDirectory(null));

        environment["TARN_DATA"] = "from-variable";
        Assert.Equal(Path.GetFullPath("from-variable"), reader.DataDirectory(null));
        Assert.Equal(Path.GetFullPath("from-flag"), reader.DataDirectory("from-flag"));
    }

    [Fact]
    public void Settings_AllSecrets_HaveNoFlag() =>
        Assert.Equal(
            [
                "storage_access_key_id", "storage_secret_access_key",
                "root_access_key_id", "root_secret_access_key",
            ],
            Setting.All.Where(setting => !setting.HasFlag).Select(setting => setting.Key));

    private void Yaml(string text) => File.WriteAllText(Path.Combine(data.Path, "tarn.yaml"), text);

    private TarnOptions Read() => new ConfigurationReader(environment).Read(data.Path, flags);

    private string[] Errors()
    {
        var error = Assert.Throws<TarnException>(Read);
        Assert.Equal(ErrorKind.Invalid, error.Kind);
        return (error.Detail ?? error.Message).Split(Environment.NewLine);
    }
}
