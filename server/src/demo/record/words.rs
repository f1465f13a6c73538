//! What visits were about, and what was written of them.

/// A reason to come: what the person said, what was found, what it was called, what was decided.
pub(super) struct Reason {
    pub(super) said: &'static str,
    pub(super) found: &'static str,
    pub(super) called: &'static str,
    pub(super) plan: &'static str,
}

#[rustfmt::skip]
pub(super) const ADULT: &[Reason] = &[
    Reason { said: "Cough for two weeks, worse at night. No fever.", found: "Lungs clear. Throat slightly red. Oxygen saturation 98 percent.", called: "Acute bronchitis", plan: "Rest, fluids, honey at night. Come back if there is fever or breathlessness." },
    Reason { said: "Low back pain since lifting boxes on Saturday. No numbness.", found: "Tender beside the lumbar spine. Straight leg raise negative on both sides.", called: "Acute low back pain", plan: "Keep moving. Ibuprofen 400 mg up to three times a day with food for five days." },
    Reason { said: "Here for the yearly check-up. Feels well.", found: "Heart and lungs without findings. Abdomen soft. No swelling of the legs.", called: "Routine health examination", plan: "Blood work today. Influenza vaccine in the fall. Next check-up in a year." },
    Reason { said: "Headaches three times a week, behind the eyes, after long days at the screen.", found: "Neurological examination without findings. Blood pressure in range.", called: "Tension-type headache", plan: "Breaks, regular sleep, headache diary. Eye examination advised." },
    Reason { said: "Burning when passing water since yesterday.", found: "No tenderness of the flanks. Urine: leukocytes and nitrite positive.", called: "Urinary tract infection", plan: "Nitrofurantoin 100 mg twice a day for five days. Urine culture sent." },
    Reason { said: "Itching rash on both forearms after gardening.", found: "Linear, red, weeping patches. No sign of infection.", called: "Contact dermatitis", plan: "Hydrocortisone cream 1 percent twice a day. Wash clothes and tools." },
];

#[rustfmt::skip]
pub(super) const CHRONIC: &[Reason] = &[
    Reason { said: "Follow-up for type 2 diabetes. Measures sugar in the morning, mostly between 120 and 150.", found: "Feet: pulses present, monofilament felt at all points. Weight unchanged.", called: "Type 2 diabetes mellitus", plan: "Metformin 1000 mg twice a day continued. Eye examination this year." },
    Reason { said: "Follow-up for high blood pressure. Takes tablets every day. No dizziness.", found: "Blood pressure 138 over 84, seated, after five minutes.", called: "Essential hypertension", plan: "Lisinopril 20 mg continued. Salt as discussed. Home readings twice a week." },
    Reason { said: "Tired, sleeps badly, wakes up three times a night.", found: "Neck 43 cm. Mallampati III. Heart and lungs without findings.", called: "Suspected sleep apnea", plan: "Home sleep study ordered. No driving when drowsy." },
];

#[rustfmt::skip]
pub(super) const NEWBORN: &[Reason] = &[
    Reason { said: "Well-baby visit. Drinks well, six wet diapers a day, wakes up twice at night.", found: "Gains weight along the curve. Fontanelle soft, heart and lungs without findings, hips stable.", called: "Well-baby visit", plan: "Vaccines as scheduled. Vitamin D every day. Next visit at two months." },
];

#[rustfmt::skip]
pub(super) const CHILD: &[Reason] = &[
    Reason { said: "Well-child visit. Mother has no concerns. Eats well, likes school.", found: "Growing along the curve. Ears, heart and lungs without findings.", called: "Well-child visit", plan: "Vaccines as scheduled. Next visit in a year." },
    Reason { said: "Ear pain on the right since last night, fever 101.", found: "Right eardrum red and bulging. Left eardrum clear.", called: "Acute otitis media", plan: "Amoxicillin for ten days. Paracetamol for pain. Call if not better in two days." },
    Reason { said: "Fell from the swing, left wrist hurts.", found: "Swelling over the distal radius, no wound. Moves all fingers.", called: "Buckle fracture of the left wrist", plan: "X-ray: buckle fracture. Splint for three weeks." },
];

#[rustfmt::skip]
pub(super) const EMERGENCY: Reason = Reason {
    said: "Pain in the right upper abdomen since the evening before, with fever and vomiting.",
    found: "Tender under the right ribs, temperature 101.8. Ultrasound: gallbladder wall 6 mm, several stones.",
    called: "Acute cholecystitis",
    plan: "Fluids, pain relief, antibiotics. Surgery consulted. Admitted to the ward.",
};

#[rustfmt::skip]
pub(super) const STAY: Reason = Reason {
    said: "Brought in with pain in the right upper abdomen since the evening before, with fever and vomiting.",
    found: "Murphy sign positive. Ultrasound: gallbladder wall 6 mm, several stones, no widening of the ducts.",
    called: "Acute cholecystitis",
    plan: "Laparoscopic cholecystectomy on day two without complication. Home on day four.",
};
