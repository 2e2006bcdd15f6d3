using AriDialer.Web.Features.Recording.Rules;

namespace AriDialer.Web.Tests.Recording.Rules;

public sealed class NumberBeginningsTests
{
    private readonly NumberBeginnings _numbers = new();

    [Theory]
    [InlineData("+49", "+49")]
    [InlineData(" +49 (0)30 12-34 ", "+49301234")]
    [InlineData("+1 416", "+1416")]
    [InlineData("Germany", "+49")]
    [InlineData("germany", "+49")]
    [InlineData("de", "+49")]
    [InlineData("United States", "+1")]
    [InlineData("United Kingdom", "+44")]
    [InlineData("+39 06", "+3906")]
    [InlineData("+7 800", "+7800")]
    public void Read_CountryOrBeginning_IsE164(string text, string begins) => Assert.Equal(new NumberBeginning(begins, null), _numbers.Read(text));

    [Theory]
    [InlineData("030", "Begin with +")]
    [InlineData("0049", "Begin with +")]
    [InlineData("+", "Type a country")]
    [InlineData("+4", "No country has this code")]
    [InlineData("+0", "No country has this code")]
    [InlineData("+999", "No country has this code")]
    [InlineData("+49030", "Leave out the 0 after +49.")]
    [InlineData("+491234567890123456", "longer than a telephone number")]
    [InlineData("Atlantis", "Type a country")]
    [InlineData("Canada", "Canada shares its code with other countries. Type +1 for all of them")]
    [InlineData("+49&1", "Type a country")]
    public void Read_WhatCannotBe_SaysWhy(string text, string sentence)
    {
        var read = _numbers.Read(text);

        Assert.Null(read.Begins);
        Assert.Contains(sentence, read.Sentence);
    }

    [Theory]
    [InlineData("+49", "Germany")]
    [InlineData("+4930", "Germany")]
    [InlineData("+1", "United States and others")]
    [InlineData("+1416", null)]
    [InlineData("+800", null)]
    public void CountryOf_Beginning_NamesItWhereTheCodeIsOneCountrys(string begins, string? country) =>
        Assert.Equal(country, _numbers.CountryOf(begins));
}
