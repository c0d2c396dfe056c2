using System.Text;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>
/// Bodies of puts of many records as clients write them, now and then with something unusual, and some with bytes
/// changed.
/// </summary>
/// <param name="nameMember">The member that names the stream.</param>
/// <param name="hasKeys">Whether records have partition keys.</param>
internal sealed class RandomPutBody(Random random, string nameMember, bool hasKeys)
{
    private static readonly string[] Spaces = ["", "", "", "", " ", "\n  ", "\t", "\r\n"];

    private static readonly string[] Keys =
        ["k", "user-1", "a b", "ä", "", "\\u00e4", "quote\\\"", "\u007f", new string('k', 256), new string('k', 257)];

    private readonly StringBuilder _body = new();

    public byte[] Make()
    {
        var members = new List<Action> { Records };
        Now(0.9, () => members.Insert(random.Next(members.Count + 1), () => Member(nameMember, "\"scores\"")));
        Now(
            hasKeys ? 0.1 : 0,
            () => members.Insert(random.Next(members.Count + 1), () => Member("StreamARN", "\"arn:aws:x\"")));
        Now(0.02, () => members.Insert(random.Next(members.Count + 1), () => Member(nameMember, "null")));
        Now(0.02, () => members.Insert(random.Next(members.Count + 1), () => Member("Extra", "1")));
        Now(0.02, () => members.Add(Records));
        List('{', '}', members);
        var bytes = Encoding.UTF8.GetBytes(_body.ToString());
        if (random.NextDouble() < 0.4)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.NextDouble() < 0.05 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private void Records() => Member(
        "Records", () => List('[', ']', [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => (Action)Record)]));

    private void Record()
    {
        var members = new List<Action> { () => Member("Data", "\"" + Payload() + "\"") };
        if (hasKeys)
        {
            members.Add(() => Member("PartitionKey", "\"" + Key() + "\""));
        }

        Now(0.3, members.Reverse);
        Now(
            hasKeys ? 0.05 : 0,
            () => members.Insert(random.Next(members.Count + 1), () => Member("ExplicitHashKey", "\"7\"")));
        Now(0.01, () => members.Add(members[0]));
        Now(0.01, () => members.RemoveAt(0));
        List('{', '}', members);
    }

    private string Payload()
    {
        var bytes = new byte[random.Next(0, 40)];
        random.NextBytes(bytes);
        var text = Convert.ToBase64String(bytes);
        return random.Next(60) switch
        {
            0 => text.Replace("/", "\\/", StringComparison.Ordinal),
            1 => text.TrimEnd('='),
            2 => text.Insert(random.Next(text.Length + 1), " "),
            3 => text.Insert(random.Next(text.Length + 1), "\n"),
            4 => text.Insert(random.Next(text.Length + 1), "\\n"),
            5 => text + "=",
            _ => text,
        };
    }

    private string Key() => random.Next(15) == 0 ? Keys[random.Next(Keys.Length)] : $"user-{random.Next(1000)}";

    private void Member(string name, string value) => Member(name, () => _body.Append(value));

    private void Member(string name, Action value)
    {
        _body.Append('"').Append(name).Append('"').Append(Space()).Append(':').Append(Space());
        value();
    }

    private void List(char open, char close, List<Action> members)
    {
        _body.Append(Space()).Append(open);
        for (var i = 0; i < members.Count; i++)
        {
            _body.Append(i > 0 ? "," : "").Append(Space());
            members[i]();
            _body.Append(Space());
        }

        _body.Append(close).Append(Space());
    }

    private string Space() => random.Next(10) == 0 ? Spaces[random.Next(Spaces.Length)] : "";

    private void Now(double share, Action then)
    {
        if (random.NextDouble() < share)
        {
            then();
        }
    }
}
