package words

func enCrash() Crash {
	return Crash{Kept: "a defect of fourfactor, please report it: %s. The details are in %s, which holds no secret and no person: please send it along."}
}
