using System.Text.Json;
using Tarn.Commands.Sql;

namespace Tarn.Tests.Commands.Sql;

public sealed class SubscriptionRowsTests
{
    private const string Keyed =
        """[{"name":"u","type":"VARCHAR","is_key":true},{"name":"n","type":"BIGINT","is_key":false}]""";

    [Fact]
    public void Print_SnapshotChangesAndWholeViews_TellUpsertsAndRemovals()
    {
        using var text = new StringWriter { NewLine = "\n" };
        var rows = new SubscriptionRows();
        var printer = new SubscriptionPrinter(text, "table");

        Take(rows, printer, "snapshot", 1, """[["ann",1],["bob",2]]""");
        Take(rows, printer, "changes", 2, """[["ann",2],["bob",2],["cy",null]]""");
        Take(rows, printer, "snapshot", 3, """[["ann",2]]""");
        Take(rows, printer, "changes", 4, """[["ann",3]],"removed":[["ann",null]]""");

        Assert.Equal(
            """
            version	kind	u	n
            1	snapshot	ann	1
            1	snapshot	bob	2
            2	upsert	ann	2
            2	upsert	cy	NULL
            3	remove	bob	2
            3	remove	cy	NULL
            4	upsert	ann	3
            4	remove	ann	3

            """.ReplaceLineEndings("\n"),
            text.ToString());
    }

    [Fact]
    public void Print_Json_IsAnObjectALine()
    {
        using var text = new StringWriter { NewLine = "\n" };

        Take(new SubscriptionRows(), new SubscriptionPrinter(text, "json"), "snapshot", 7, """[["ann",1.5]]""");

        Assert.Equal("""{"version":7,"kind":"snapshot","row":{"u":"ann","n":1.5}}""" + "\n", text.ToString());
    }

    [Fact]
    public void Take_RowsAlikeInTheirShownKeys_AreKnownByAllValues()
    {
        var rows = new SubscriptionRows();
        Assert.Equal(2, rows.Take("snapshot", Event(1, """[["ann",1],["ann",2]]""")).Count);

        var changes = rows.Take("snapshot", Event(2, """[["ann",2],["ann",2]]"""));

        Assert.Equal(["upsert 2", "remove 1"], changes.Select(change => $"{change.Kind} {change.Row[1]}"));
    }

    [Theory]
    [InlineData(" subscribe to v", true)]
    [InlineData("SUBSCRIBE", true)]
    [InlineData("subscribers", false)]
    [InlineData("SELECT 1", false)]
    public void Handles_FirstWord_Decides(string sql, bool handled) =>
        Assert.Equal(handled, SubscriptionRunner.Handles(sql));

    private static void Take(
        SubscriptionRows rows, SubscriptionPrinter printer, string name, int version, string values)
    {
        var changes = rows.Take(name, Event(version, values));
        printer.Print(rows.Columns, changes);
    }

    private static JsonElement Event(int version, string values) =>
        JsonDocument.Parse($$"""{"version":{{version}},"columns":{{Keyed}},"rows":{{values}}}""").RootElement.Clone();
}
