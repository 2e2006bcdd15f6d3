using System.Text;
using System.Text.Json.Nodes;
using AriDialer.Ari.Events;
using AriDialer.Ari.Tests.Generation;
using AriDialer.Testing;

namespace AriDialer.Ari.Tests.Events;

public sealed class EventParserTests
{
    public static TheoryData<string> EventIds => [.. EventSample.EventIds];

    public static TheoryData<string> Recorded => [.. RecordedCalls.Names];

    [Theory]
    [MemberData(nameof(EventIds))]
    public void Parse_EachTypeWithAllItsFields_KnowsThemAll(string id)
    {
        var message = Parse(EventSample.Of(id).ToJsonString());

        Assert.Equal(id, message.GetType().Name);
        Assert.Equal(id, message.Type);
        Assert.Null(message.UnknownFields);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), message.Timestamp);
    }

    [Theory]
    [MemberData(nameof(EventIds))]
    public void Parse_EachTypeWithoutItsFields_IsEitherReadOrKept(string id)
    {
        var message = Parse($$"""{"type":"{{id}}"}""");

        Assert.Equal(id, message.Type);
        Assert.NotNull(message.Keys);
        if (message is UnknownEvent unknown)
            Assert.Contains("required", unknown.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Parse_WhatAsteriskReallySent_IsKnownToTheLastField(string name)
    {
        foreach (var line in RecordedCalls.Events(name))
        {
            var message = Parse(line);
            Assert.Equal((string?)JsonNode.Parse(line)!["type"], message.GetType().Name);
            Assert.Null(message.UnknownFields);
            Assert.Equal("aridialer", message.Application);
            Assert.All(message.Keys.Channels, id => Assert.StartsWith(name, id));
            Assert.All(message.Keys.Bridges, id => Assert.Equal($"{name}-bridge", id));
            Assert.True(message.Keys.Channels.Count + message.Keys.Bridges.Count > 0);
        }
    }

    [Fact]
    public void Parse_UnknownType_KeepsTheText()
    {
        const string Text = """{"type":"ChannelTeleported","channel":{"id":"a"}}""";
        var unknown = Assert.IsType<UnknownEvent>(Parse(Text));
        Assert.Equal(("ChannelTeleported", Text, null), (unknown.Type, unknown.Raw, unknown.Error));
    }

    [Fact]
    public void Parse_UnknownFields_AreKeptAtEachLevel()
    {
        var end = Assert.IsType<StasisEnd>(Parse("""{"mood":"good","type":"StasisEnd","channel":{"id":"a","colour":{"r":1}}}"""));
        Assert.Equal("good", end.UnknownFields!["mood"].GetString());
        Assert.Equal(1, end.Channel.UnknownFields!["colour"].GetProperty("r").GetInt32());
    }

    [Fact]
    public void Parse_TypeStandsLast_IsFoundBehindNestedTypes()
    {
        var end = Assert.IsType<StasisEnd>(Parse("""{"channel":{"id":"a","type":"Dial"},"list":[{"type":"Dial"}],"type":"StasisEnd"}"""));
        Assert.Equal("a", end.Channel.Id);
    }

    [Fact]
    public void Parse_TextsThatAreNullOrMissing_AreEmpty()
    {
        var start = Assert.IsType<StasisStart>(Parse("""{"type":"StasisStart","args":[null,"a=b",7],"channel":{"id":"a","name":null}}"""));
        Assert.Equal(["", "a=b", "7"], start.Args);
        Assert.Equal(("", "", ""), (start.Channel.Name, start.Channel.Language, start.Channel.Caller.Number));
        Assert.Null(start.ReplaceChannel);
    }

    [Fact]
    public void Parse_VariablesThatAreNoText_AreKeptAsJson()
    {
        var end = Assert.IsType<StasisEnd>(Parse("""{"type":"StasisEnd","channel":{"id":"a","channelvars":{"A":"x","B":{"c":1},"C":null}}}"""));
        Assert.Equal(new Dictionary<string, string> { ["A"] = "x", ["B"] = """{"c":1}""", ["C"] = "" }, end.Channel.Channelvars);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"StasisEnd"}""")]
    [InlineData("""{"type":"StasisEnd","channel":null}""")]
    [InlineData("""{"type":"StasisEnd","channel":"a"}""")]
    [InlineData("""{"type":"ChannelDestroyed","cause":"sixteen","channel":{"id":"a"}}""")]
    [InlineData("""{"type":"StasisEnd","timestamp":"yesterday","channel":{"id":"a"}}""")]
    [InlineData("""{"type":"StasisEnd","channel":{"id":"a"}} trailing""")]
    [InlineData("{\"type\":\"StasisEnd\",\"application\":\"\\ud800\",\"channel\":{\"id\":\"a\"}}")]
    public void Parse_Malformed_KeepsTextAndError(string text)
    {
        var unknown = Assert.IsType<UnknownEvent>(Parse(text));
        Assert.Equal(text, unknown.Raw);
        Assert.NotEmpty(unknown.Error!);
        Assert.Same(EventKeys.None, unknown.Keys);
    }

    [Fact]
    public void Parse_AnyBytes_NeverFails()
    {
        var random = new Random(20260101);
        var lines = RecordedCalls.Names.SelectMany(RecordedCalls.Events).Select(Encoding.UTF8.GetBytes).ToList();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])lines[random.Next(lines.Count)].Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.NotNull(EventParser.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1))).Keys);
        }
    }

    private static AriEvent Parse(string text) => EventParser.Parse(Encoding.UTF8.GetBytes(text));
}
