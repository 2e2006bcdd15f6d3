using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Security;

public sealed class HearingsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Hearings _hearings;
    private int _written;

    public HearingsTests() => _hearings = new Hearings(_time);

    [Theory]
    [InlineData("")]
    [InlineData("bytes=0-")]
    [InlineData("bytes=0-99")]
    [InlineData("bytes=-999999999")]
    [InlineData("bytes=-1")]
    [InlineData("bytes=5-9,0-")]
    [InlineData("bytes=5-9,20-29")]
    [InlineData("bytes=9-5")]
    [InlineData("bytes=")]
    [InlineData("nonsense")]
    public async Task WhatMayBeTheWhole_IsWrittenDownEachTime(string range)
    {
        await HearAsync(range);
        await HearAsync(range);

        Assert.Equal(2, _written);
    }

    [Theory]
    [InlineData("bytes=1-")]
    [InlineData("bytes=70000-70999")]
    public async Task PartFromTheMidst_IsWrittenDown_UnlessItsHearingWasWithinTheHour(string range)
    {
        await HearAsync(range);
        Assert.Equal(1, _written);

        _time.Advance(TimeSpan.FromMinutes(59));
        await HearAsync(range);
        Assert.Equal(1, _written);

        _time.Advance(TimeSpan.FromMinutes(1));
        await HearAsync(range);
        Assert.Equal(2, _written);
    }

    [Fact]
    public async Task PartFromTheMidst_OfAnotherSoundOrByAnother_IsWrittenDown()
    {
        await HearAsync("");
        await HearAsync("bytes=1-", sound: "other");
        await HearAsync("bytes=1-", person: "bob");

        Assert.Equal(3, _written);
    }

    [Fact]
    public async Task HearingThatCouldNotBeWritten_CountsAsNone()
    {
        await Assert.ThrowsAsync<IOException>(() => _hearings.NoteAsync(Request(""), "alice", "sound", () => throw new IOException()));
        await HearAsync("bytes=1-");

        Assert.Equal(1, _written);
    }

    [Fact]
    public async Task TenThousandHearings_AreTheMostThatAreKept()
    {
        await HearAsync("");
        for (var n = 0; n < 10_000; n++)
        {
            await HearAsync("", sound: $"sound-{n}");
        }

        _written = 0;
        await HearAsync("bytes=1-");
        Assert.Equal(1, _written);
        await HearAsync("bytes=1-", sound: "sound-9999");
        Assert.Equal(1, _written);
    }

    private Task HearAsync(string range, string sound = "sound", string person = "alice") => _hearings.NoteAsync(Request(range), person, sound, () =>
    {
        _written++;
        return Task.CompletedTask;
    });

    private static HttpRequest Request(string range)
    {
        var request = new DefaultHttpContext().Request;
        if (range.Length > 0)
            request.Headers.Range = range;
        return request;
    }
}
